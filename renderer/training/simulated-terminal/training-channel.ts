/** The way from the page to the simulated readers in main, whatever carries it. */
export interface TrainingChannel {
  /** Carries out one reader command for this page. */
  call(method: string, params: unknown): Promise<unknown>;
  /** Listens to what the readers do by themselves. Returns the function that stops listening. */
  onEvent(listener: (event: unknown) => void): () => void;
}

/** Brings the drawn keyboard out for a field that was touched; who came by Tab has keys of their own. */
export class TouchTyping {
  #field = $state.raw<HTMLInputElement | null>(null);
  #byTouch = false;

  /** The field the drawn keyboard types into; null when it is put away. */
  get field(): HTMLInputElement | null {
    return this.#field;
  }

  /** That field wants the keys of an address, not those of words. */
  get isAddress(): boolean {
    return this.#field?.dataset['keys'] === 'address';
  }

  touched(event: PointerEvent): void {
    this.#byTouch = true;
    if (isTextField(event.target)) this.#take(event.target);
  }

  focused(event: FocusEvent): void {
    if (this.#byTouch && isTextField(event.target)) this.#take(event.target);
    this.#byTouch = false;
  }

  blurred(event: FocusEvent): void {
    if (event.target === this.#field && !isTextField(event.relatedTarget)) this.#field = null;
  }

  type(text: string): void {
    const field = this.#field;
    if (field === null) return;
    const end = field.value.length;
    if (end + text.length > field.maxLength) return;
    this.#change(field, text, field.selectionStart ?? end, field.selectionEnd ?? end);
  }

  remove(): void {
    const field = this.#field;
    if (field === null) return;
    const end = field.selectionEnd ?? field.value.length;
    const start = field.selectionStart ?? end;
    this.#change(field, '', start === end ? Math.max(0, start - 1) : start, end);
  }

  #take(field: HTMLInputElement): void {
    this.#field = field;
    // The keyboard takes room from below; the field stays in sight.
    requestAnimationFrame(() => {
      field.scrollIntoView({ block: 'nearest' });
    });
  }

  #change(field: HTMLInputElement, text: string, start: number, end: number): void {
    field.focus({ preventScroll: true });
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The page's own fields; a PIN with a pad of its own is none of them. */
function isTextField(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && 'keys' in target.dataset;
}

/** The version of the `electron` package whose types the stand-in was built against. */
declare const __ELECTRON_VERSION__: string;

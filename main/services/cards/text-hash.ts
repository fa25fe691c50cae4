/** SHA-256 of a text's UTF-8 bytes, in 64 lower-case hexadecimal digits. */
export type TextHash = (text: string) => string;

/** What the demo can't be asked for; its message is for the one who asked. */
export class Unusable extends Error {}

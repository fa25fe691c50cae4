/** The panels the look is held to, in CSS pixels. */
export const sizes = [
  { width: 360, height: 640 },
  { width: 768, height: 1024 },
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;

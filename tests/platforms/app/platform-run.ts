import { z } from 'zod';

const systems = ['mariana-tek', 'portal', 'commerce-layer'] as const;

/** The variable by which a kiosk of the tests hears which platform it sells for. The product knows of none. */
export const platformRunVariable = 'PLATFORM_RUN';

const platformRun = z.strictObject({
  system: z.enum(systems),
  /** What the platform's amounts are in. */
  currency: z.string(),
  /** The order that is there when the kiosk opens, its total in minor units; null where the kiosk sells by itself. */
  order: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      total: z.int(),
      /** So much of the total the member's account at the platform pays, where it has one. */
      fromBalance: z.int(),
    })
    .nullable(),
  /** Only Commerce Layer's kiosks have one. */
  role: z.enum(['maker', 'recorder']),
  /** Where the platform's own record is left when the kiosk is closed. */
  recordFile: z.string(),
});

/** One run of a kiosk with a platform's proof server beside it. */
export type PlatformRun = z.infer<typeof platformRun>;

/** Reads that variable. Refuses, by throwing, what is none. */
export function readPlatformRun(environment: NodeJS.ProcessEnv): PlatformRun {
  return platformRun.parse(JSON.parse(environment[platformRunVariable] ?? 'null'));
}

/** The same, as it is set. */
export function platformRunEnvironment(run: PlatformRun): Readonly<Record<string, string>> {
  return { [platformRunVariable]: JSON.stringify(run) };
}

import type { PlatformSettings } from './platform-settings.ts';

/** What of the settings a platform needs beside its own section, and what has no place there. */
export interface PlatformNeeds {
  /** Its name for staff. */
  readonly name: string;
  /** `required`: it documents too little without a restricted key of Stripe's. `unwanted`: it is used without one. */
  readonly stripeKey: 'required' | 'unwanted';
  /** Main can lead readers behind it (`stripe.integration` `server_driven`); else only the screen's SDK does. */
  readonly mainLeads: boolean;
}

/** Of each platform. */
export const platformNeeds: Readonly<Record<PlatformSettings['system'], PlatformNeeds>> = {
  'mariana-tek': { name: 'Mariana Tek', stripeKey: 'unwanted', mainLeads: false },
  portal: { name: 'The payments portal', stripeKey: 'required', mainLeads: true },
  'commerce-layer': { name: 'Commerce Layer', stripeKey: 'required', mainLeads: true },
};

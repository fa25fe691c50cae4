import { existsSync } from 'node:fs';
import path from 'node:path';
import type { SecretName } from '../../../main/ports/secret-store.ts';
import { platformNeeds } from '../../../main/settings/platform-needs.ts';
import {
  noCompanionKey,
  noToken,
  platformProblems,
} from '../../../main/settings/platform-problems.ts';
import type { PlatformSettings } from '../../../main/settings/platform-settings.ts';
import { refusePlainHttp } from '../../../main/settings/plain-http.ts';
import type { Settings } from '../../../main/settings/read-settings.ts';
import { givenKey, keyNameOf } from '../../../main/settings/secret-key.ts';
import { SettingsProblem } from '../../../main/settings/settings-problem.ts';
import { tokenNameOf } from '../../../main/settings/usable-platform.ts';
import { type Finding, problemFound } from './finding.ts';

/**
 * What is wrong with the keys, tokens and passwords. Of what lies in the key store only its presence is seen, by its
 * file in the data folder.
 */
export function checkCredentials(settings: Settings, dataDir: string): readonly Finding[] {
  const { platform, file } = settings;
  const isStored = (name: SecretName): boolean => existsSync(path.join(dataDir, 'secrets', name));
  const named = path.basename(file);
  const ofBackEnd =
    platform === null
      ? checkDirect(settings)
      : [
          ...platformProblems(settings).map(problemFound),
          ...checkPlatform(settings, platform, isStored),
        ];
  return [...ofBackEnd, ...checkFullKey(settings, named), ...checkMail(settings, named, isStored)];
}

function checkDirect(settings: Settings): readonly Finding[] {
  const { apiBase } = settings.stripe;
  try {
    const key = givenKey(settings);
    if (key !== null && apiBase !== null) {
      refusePlainHttp(apiBase, key.mode, { file: null, field: 'stripe.apiBase' });
    }
    return [];
  } catch (error) {
    if (error instanceof SettingsProblem) return [problemFound(error)];
    throw error;
  }
}

function checkPlatform(
  settings: Settings,
  platform: PlatformSettings,
  isStored: (name: SecretName) => boolean,
): readonly Finding[] {
  const { stripe, file } = settings;
  const mayBeStored = platform.mode === 'live';
  const { stripeKey } = platformNeeds[platform.system];
  const wanted = [
    {
      isGiven: platform.token !== null,
      name: tokenNameOf(platform),
      field: 'backend.token',
      missing: noToken(settings, platform),
    },
    {
      isGiven: stripeKey === 'unwanted' || stripe.secretKey !== null,
      name: keyNameOf(platform),
      field: 'stripe.secretKey',
      missing: noCompanionKey(settings, platform),
    },
  ];
  return wanted.flatMap(({ isGiven, name, field, missing }): Finding[] => {
    if (isGiven) return [];
    if (!mayBeStored || !isStored(name)) return [problemFound(missing)];
    const sentence = `${field} is in the key store, which only the kiosk itself can open.`;
    return [{ level: 'fine', file: path.basename(file), field, sentence }];
  });
}

/** Whoever reads a full key off this computer could do everything with the account. */
function checkFullKey({ stripe }: Settings, file: string): readonly Finding[] {
  const { secretKey } = stripe;
  if (secretKey?.value.startsWith('sk_test_') !== true) return [];
  const sentence =
    'This is a full key (sk_test_). It will do for a trial; a restricted one (rk_test_) shows whether its rights suffice.';
  const inFile = secretKey.from === 'file';
  const field = inFile ? 'stripe.secretKey' : 'FOYER_STRIPE_SECRET_KEY';
  return [{ level: 'warning', file: inFile ? file : null, field, sentence }];
}

function checkMail(
  { mail }: Settings,
  file: string,
  isStored: (name: SecretName) => boolean,
): readonly Finding[] {
  const field = 'mail.password';
  if (mail === undefined || mail.user === null) return [];
  if (mail.password === null) {
    if (isStored('mail-password')) return [];
    const sentence = `${file} names mail.user, but there is no password for it. Put it once into ${file} under mail.password; Foyer moves it into the key store.`;
    return [{ level: 'problem', file, field, sentence }];
  }
  if (mail.password.from === 'file' || !mail.fileHoldsPassword) return [];
  const sentence = `${file} holds a mail password while FOYER_MAIL_PASSWORD sets another one. Take one of them away.`;
  return [{ level: 'problem', file, field, sentence }];
}

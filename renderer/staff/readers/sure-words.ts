import type { Say } from '../../text/text.ts';
import type { SureDraft } from './reader-draft.ts';
import { freeWords } from './reader-use-words.ts';

/** What a deed is called, and what will happen. */
export interface SureWords {
  readonly title: string;
  readonly sentence: string;
  /** The word of the button that does it. */
  readonly action: string;
}

/** How staff are asked whether they are sure. */
export function sureWords(t: Say, draft: SureDraft): SureWords {
  switch (draft.kind) {
    case 'use': {
      const title = t(`desk.readers.use.${draft.role}`);
      const sentence = t(`desk.readers.sure.use.${draft.role}`, { label: draft.label });
      return { title, sentence, action: title };
    }
    case 'no_spare': {
      const title = t('desk.readers.no_spare');
      return { title, sentence: t('desk.readers.sure.no_spare', draft), action: title };
    }
    case 'free': {
      const { label, use } = draft.reader;
      const sentence = `${freeWords(t, label, use)} ${t('desk.readers.sure.free.rest')}`;
      const title = t('desk.readers.free.title', { label });
      return { title, sentence, action: t('desk.readers.free') };
    }
    case 'deregister': {
      const { label } = draft.reader;
      return {
        title: t('desk.readers.deregister.title', { label }),
        sentence: t('desk.readers.sure.deregister', { label }),
        action: t('desk.readers.deregister'),
      };
    }
  }
}

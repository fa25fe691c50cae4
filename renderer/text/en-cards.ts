/** The words of cards on file: who the member is, keeping a card, and paying with one. The consent itself is main's. */
export const enCards = {
  'cards.expires': 'Expires {month}/{year}',
  'cards.expired': 'Expired {month}/{year}',
  'cards.since': 'Kept since {date}',

  'cards.mine': 'My cards',
  'cards.keep': 'Keep this card for next time',
  'cards.identify': "I'm a member",
  'cards.hello': 'Hello, {name}',
  'cards.not_you': 'Not you?',
  'cards.asked': 'Your card will be kept – {name}',
  'cards.dont_keep': "Don't keep it",
  'cards.pay_with': 'Pay with {card}',
  'cards.pay_with.some': 'Pay with a card on file',
  'cards.pays': '{card} pays – {name}',
  'cards.in_person': 'Pay at the reader',

  'cards.choose.heading': 'Which card pays?',

  'member.number.heading': "What's your member number?",
  'member.number.label': 'Member number',
  'member.number.hint': 'The number the studio gave you.',
  'member.number.empty': 'Please type your member number.',
  'member.phone.heading': 'And the last four digits of your phone?',
  'member.phone.label': 'Last four digits of your phone number',
  'member.phone.hint': 'The number the studio has for you.',
  'member.phone.short': 'Please type four digits.',
  'member.next': 'Continue',
  'member.not_known': "We don't know that number with these digits.",
  'member.locked': 'Too many tries. Please try again after {time}, or ask at the desk.',
  'member.unreachable': "We can't look that number up right now. Please ask at the desk.",
  'member.keypad': 'Keypad',
  'member.letters': 'Letters',
  'member.digits': 'Digits',

  'whose.heading': "What's the code of an order of yours?",
  'whose.label': 'Code of an order',
  'whose.hint': 'It tells the studio whose card this is. Scan it, or type it here.',
  'whose.order_code':
    "That code doesn't say whose order it is. Please ask at the desk for one that does.",
  'whose.other_member': 'That order is not yours. Please use one of your own.',

  'postal.heading': "What's your postal code?",
  'postal.label': 'Postal code of your card',
  'postal.hint': 'Of the address to which your bank writes.',
  'postal.form': 'Please type a postal code: 3 to 10 letters and digits.',

  'consent.heading': 'Keep this card on file?',
  'consent.wording': 'What you agree to',
  'consent.copy': 'Send a copy to {address}',
  'consent.changed': 'This text has changed. Please read it again.',
  'consent.agree': 'Agree and keep the card',
  'consent.not_now': 'Not now',

  'cards.remove_here': 'Remove it any time under My cards.',
  'cards.remove_elsewhere': 'To have it removed, ask at the desk at any time.',

  'my_cards.heading': 'My cards',
  'my_cards.none': 'No card is kept for you.',
  'my_cards.add': 'Add a card',
  'my_cards.remove': 'Remove',
  'my_cards.remove.named': 'Remove {card}',

  'remove.heading': 'Remove {card}?',
  'remove.means':
    'It is not charged again. You can add it anew at any time, with the card in hand.',
  'remove.keep': 'Keep it',
  'remove.remove': 'Remove this card',

  'charging.hint': 'You do not need your card. This takes a few seconds.',
  'charging.card': 'Card on file',
  'charging.ending': 'One moment',

  'pending.heading': 'Nothing is paid yet',
  'pending.until':
    "We'll charge {card} when the network is back, by {time} at the latest. If it can't be charged, the studio will tell you.",
  'pending.open':
    "We'll charge {card} when the network is back. If it can't be charged, the studio will tell you.",

  'declined.stored': 'You can pay at the reader instead.',

  'keeping.card_only': "To keep it, use a card: phones and watches usually can't be kept.",
  'keeping.waiting': 'Keeping your card…',
  'keeping.kept': 'Card kept: {card}.',
  'keeping.wallet': "Phones and watches can't be kept. Your payment is fine.",
  'keeping.in_person_only': "This kind of card can't be kept. Your payment is fine.",
  'keeping.consent_revoked': 'Your card is not kept, as you asked. Your payment is fine.',
  'keeping.refused': "Your card couldn't be kept. Your payment is fine.",
  'keeping.add': 'Add a card now',

  'setup.creating': 'Getting the card reader ready',
  'setup.awaiting': 'Tap the card you want to keep',
  'setup.saving': 'Keeping your card',
  'setup.saving.hint': 'One moment, please.',
  'setup.canceling': 'Cancelling',
  'setup.no_money': 'No money is taken.',
  'setup.no_money.was': 'No money was taken.',
  'setup.for': 'For {name} – please use a card, not a phone or a watch.',

  'setup.declined.wallet.heading': 'Please tap a card',
  'setup.declined.wallet': "That was a phone or a watch. They can't be kept.",

  'setup.kept.heading': 'Card kept',
  'setup.kept': 'On file for {name}: {card}.',
  'setup.kept.unnamed': 'Your card is on file.',

  'setup.not_kept.heading': 'Card not kept',
  'setup.not_kept.wallet': "Phones and watches can't be kept. Please use a card.",
  'setup.not_kept.in_person_only': "This kind of card can't be kept. Another one may work.",
  'setup.not_kept.consent_revoked': 'You took your agreement back, so it was not kept.',
  'setup.not_kept.refused': "This card couldn't be kept. Another one may work.",
  'setup.unsure.heading': 'Please ask at the desk',
  'setup.unsure':
    "The studio's system has not said whether your card was kept. Please don't try again before staff have looked.",
  'setup.another': 'Try another card',

  'setup.canceled.heading': 'No card was kept',
  'setup.canceled.kiosk_restarted': 'This kiosk restarted in the meantime.',
  'setup.canceled.stripe_unavailable': 'The card service could not be reached.',
  'setup.canceled.stripe_refused': 'The card service did not take it. Please ask at the desk.',
  'setup.canceled.card_declined': 'That card was declined by the bank.',
  'setup.canceled.other': 'It was stopped. Please ask at the desk.',
} as const satisfies Readonly<Record<string, string>>;

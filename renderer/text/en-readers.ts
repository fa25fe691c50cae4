/** The words of the staff page about card readers: which takes payments, what each does, and what staff can do. */
export const enReaders = {
  'desk.readers': 'Readers',
  'desk.readers.heading': 'Card readers',
  'desk.readers.loading': 'Asking Stripe for the readers',
  'desk.readers.again': 'Ask again',
  'desk.readers.none': 'No readers yet',
  'desk.readers.none.hint': 'Register the first one with the three words that it shows.',
  'desk.readers.asking': 'Asking',
  'desk.readers.done.register': 'It is registered. Choose it below to take payments on it.',
  'desk.readers.done.rename': 'The new name is saved.',
  'desk.readers.done.choose': 'Saved. Payments follow it from now on, without a restart.',
  'desk.readers.done.no_spare': 'There is no spare any more.',
  'desk.readers.done.use': 'Payments go here from now on.',
  'desk.readers.done.free': 'Stripe shows nothing on the reader any more.',
  'desk.readers.done.deregister': 'The reader is deregistered.',
  'desk.readers.done.location': 'The location is there.',
  'desk.readers.refused': 'That was not done. Ask again and look at the reader.',

  'desk.readers.now': 'Takes payments now',
  'desk.readers.only': 'Whichever reader it finds',
  'desk.readers.only.hint':
    'No reader was chosen. This screen takes the only one it finds; with several it needs a choice.',
  'desk.readers.model': 'Model',
  'desk.readers.model.simulated': '{model}, simulated',
  'desk.readers.led': 'Led by',
  'desk.readers.led.sdk': 'This screen (SDK)',
  'desk.readers.led.server_driven': 'Stripe (server-driven)',
  'desk.readers.used': 'Used by',
  'desk.readers.used.own': 'Only this kiosk',
  'desk.readers.used.shared': 'Another kiosk too',
  'desk.readers.main': 'Main reader',
  'desk.readers.spare': 'Spare',
  'desk.readers.spare.none': 'None chosen',
  'desk.readers.advice':
    'For the {model} Stripe recommends the server-driven way: Stripe leads the reader, and this screen need not reach it over the local network. Nothing has to be restarted.',
  'desk.readers.advice.do': 'Let Stripe lead it',
  'desk.readers.use.spare': 'Use the spare now',
  'desk.readers.use.main': 'Back to the main reader',
  'desk.readers.change': 'Change how it is used',

  'desk.readers.all': 'All readers',
  'desk.readers.location': 'Location',
  'desk.readers.location.none': 'None',
  'desk.readers.seen': 'Last heard from',
  'desk.readers.seen.online': 'Not told. Stripe calls it online.',
  'desk.readers.seen.offline': 'Not told. Stripe calls it offline.',
  'desk.readers.seen.offline.ago': '{ago}. Stripe calls it offline.',
  'desk.readers.seen.unknown': 'Not told',
  'desk.readers.software': 'Software',
  'desk.readers.battery': 'Battery',
  'desk.readers.serial': 'Serial number',
  'desk.readers.failure': 'Last failure',

  'desk.readers.does.nothing': 'Free',
  'desk.readers.does.payment.this_kiosk': 'Has a payment of this kiosk on it',
  'desk.readers.does.payment.this_kiosk.code': 'Has our sale {code} on it',
  'desk.readers.does.payment.other_kiosk': 'Has a payment of another till or website on it',
  'desk.readers.does.payment.other_kiosk.named': 'Has a payment of another till ({kiosk}) on it',
  'desk.readers.does.payment.nobody': 'Has a payment on it that names no till',
  'desk.readers.does.payment.unknown': "Has a payment on it, and whose it is can't be read",
  'desk.readers.does.display': 'Shows something on its display, no payment',
  'desk.readers.does.other': 'Busy with something other than a payment',
  'desk.readers.money': 'Stripe says: {status}.',

  'desk.readers.check': 'Check',
  'desk.readers.free': 'Free the reader',
  'desk.readers.free.title': 'Free {label}',
  'desk.readers.rename': 'Rename',
  'desk.readers.rename.title': 'Rename {label}',
  'desk.readers.choose.main': 'Make it the main reader',
  'desk.readers.choose.spare': 'Make it the spare',
  'desk.readers.no_spare': 'No spare any more',
  'desk.readers.deregister': 'Deregister',
  'desk.readers.deregister.title': 'Deregister {label}',

  'desk.readers.sure.use.spare':
    'From now on payments of this kiosk go to {label}. Not while one is under way.',
  'desk.readers.sure.use.main':
    'From now on payments of this kiosk go to {label} again. Not while one is under way.',
  'desk.readers.sure.no_spare': '{label} stays registered, but this kiosk has no spare any more.',
  'desk.readers.sure.deregister':
    '{label} leaves the Stripe account. No till can use it until it is registered again with new words.',
  'desk.readers.sure.free.this_kiosk':
    "This kiosk's own prompt for {code} is taken off {label}, unless its customer is paying right now.",
  'desk.readers.sure.free.this_kiosk.none':
    "This kiosk's own prompt is taken off {label}, unless its customer is paying right now.",
  'desk.readers.sure.free.other_kiosk':
    "A payment of another till or website is taken off {label}. Its customer can't pay there until it is asked again.",
  'desk.readers.sure.free.other_kiosk.named':
    "A payment of the till {kiosk} is taken off {label}. Its customer can't pay until that till asks again.",
  'desk.readers.sure.free.unknown':
    "A payment is taken off {label}, and whose it is can't be read. Look whether somebody is about to pay there.",
  'desk.readers.sure.free.display':
    'What {label} shows on its display is cleared. No payment is on it.',
  'desk.readers.sure.free.other':
    '{label} is busy with something that this kiosk never asks for, such as a refund on the reader. That is ended.',
  'desk.readers.sure.free.rest':
    'It is freed only if that is still on it. What is charged or held stays so.',
  'desk.readers.payment': 'PaymentIntent',
  'desk.readers.payment.status': 'Stripe says',
  'desk.readers.payment.unread': "Can't be read",

  'desk.readers.label': 'Name of the reader',
  'desk.readers.rename.sentence': 'What the reader is called here, at Stripe and on other tills.',

  'desk.readers.choose.main.title': 'Main reader: {label}',
  'desk.readers.choose.spare.title': 'Spare: {label}',
  'desk.readers.choose.main.sentence': 'This kiosk takes its payments on it.',
  'desk.readers.choose.spare.sentence':
    'This kiosk can go on with it when the main reader does not answer.',
  'desk.readers.choose.save': 'Save',
  'desk.readers.choose.led.hint':
    'With the SDK this screen reaches the reader over the local network. Server-driven, Stripe reaches it over the internet.',
  'desk.readers.choose.led.only': 'The system behind this kiosk offers only the SDK.',
  'desk.readers.choose.led.advice':
    'For the {model} Stripe recommends the server-driven way. A change needs no restart.',
  'desk.readers.choose.led.smart': 'Only smart readers can be led by Stripe.',
  'desk.readers.choose.used.hint': 'Nothing is put on the display of a reader that is shared.',

  'desk.readers.register': 'Register a reader',
  'desk.readers.register.do': 'Register',
  'desk.readers.register.hint': 'Adds a reader to the Stripe account.',
  'desk.readers.register.sentence': 'The reader shows three words, and they make it yours.',
  'desk.readers.register.step.1':
    'On the reader, swipe from the left edge to the right and tap Settings.',
  'desk.readers.register.step.2':
    "Enter the reader's admin PIN. It is 07139 unless your studio has changed it.",
  'desk.readers.register.step.3': 'Tap Generate pairing code and type the words here.',
  'desk.readers.code': 'The three words',
  'desk.readers.code.hint': 'With hyphens or spaces between them.',
  'desk.readers.register.where': 'Where it stands',
  'desk.readers.register.where.choose': 'Choose where it stands.',
  'desk.readers.register.where.none': 'There is no location yet. A reader needs one.',

  'desk.readers.locations': 'Locations',
  'desk.readers.locations.hint': 'Each reader belongs to one. Its country can never be changed.',
  'desk.readers.locations.none': 'None yet.',
  'desk.readers.locations.new': 'New location',
  'desk.readers.locations.create': 'Create',
  'desk.readers.locations.sentence': "The studio's own address, as it stands at Stripe.",
  'desk.readers.locations.name': 'Name',
  'desk.readers.locations.country': 'Country, by its two letters such as US',
  'desk.readers.locations.country.is': 'This stands for {country}.',
  'desk.readers.locations.country.no': 'No country has these letters.',
  'desk.readers.locations.line1': 'Street and number',
  'desk.readers.locations.city': 'City',
  'desk.readers.locations.state': 'State, province or region',
  'desk.readers.locations.postalCode': 'Postal code',
} as const satisfies Readonly<Record<string, string>>;

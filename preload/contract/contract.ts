import type { z } from 'zod';
import { catalogueReadRequest, type CatalogueView } from './catalogue.ts';
import {
  cardDontSaveRequest,
  cardPayRequest,
  cardRemoveRequest,
  type CardSaveAnswer,
  cardSaveRequest,
  type ConsentOffer,
  type IdentifyAnswer,
  type MemberChargeAnswer,
  memberChargeRequest,
  memberIdentifyRequest,
  memberReadRequest,
  memberRemoveCardRequest,
  type MemberRow,
  type MemberSaveAnswer,
  memberSaveRequest,
  type MemberSheet,
  membersSearchRequest,
  nothingOfMember,
  setupRequest,
} from './cards.ts';
import type { CommandName, EventName } from './channels.ts';
import { connectionTokenCreateRequest, type ConnectionTokenCreated } from './connection-token.ts';
import type { Envelope } from './envelope.ts';
import { kioskAttachRequest, type Snapshot, windowReportRequest } from './kiosk.ts';
import {
  type OrderAnswer,
  orderAttachRequest,
  orderBalanceRequest,
  orderOpenRequest,
} from './orders.ts';
import {
  paymentCaptureRequest,
  type ReaderCommand,
  readerReportRequest,
  readerStatusRequest,
} from './reader.ts';
import {
  locationCreateRequest,
  type ReaderAnswer,
  type ReaderCheck,
  readerCheckRequest,
  readerChooseRequest,
  readerDeregisterRequest,
  readerFreeRequest,
  readerRegisterRequest,
  readerRenameRequest,
  type ReadersView,
  readerUseRequest,
} from './readers.ts';
import { receiptEmailRequest, type ReceiptEmailSaved } from './receipt.ts';
import {
  refundAcknowledgeRequest,
  type RefundAnswer,
  refundAskRequest,
  type RefundOffer,
  refundOfferRequest,
  refundRequest,
  type RefundView,
} from './refunds.ts';
import { attemptRequest, saleRequest, type SaleStarted, saleStartRequest } from './sale.ts';
import {
  type DayCloseAnswer,
  dayCloseRequest,
  type DayReportView,
  type DecisionAnswer,
  type FileWritten,
  moneyDecideRequest,
  type MoneyOverview,
  moneySaleRequest,
  type MoneySales,
  moneySalesRequest,
  moneyTenderRequest,
  nothingAsked,
  type SaleHistoryView,
  type StaffPinAnswer,
  staffSetPinRequest,
  type StaffStatus,
  staffUnlockRequest,
  type SweepAnswer,
} from './staff.ts';
import { trainingCallRequest } from './training.ts';

/** The form of every request. Main parses with these; unknown keys are refused. */
export const requestSchemas = {
  'kiosk:attach': kioskAttachRequest,
  'catalogue:read': catalogueReadRequest,
  'sale:start': saleStartRequest,
  'order:open': orderOpenRequest,
  'order:attach': orderAttachRequest,
  'order:balance': orderBalanceRequest,
  'sale:confirm': saleRequest,
  'sale:extend': saleRequest,
  'sale:cancel': saleRequest,
  'sale:dismiss': saleRequest,
  'payment:accept': attemptRequest,
  'payment:retry': saleRequest,
  'payment:capture': paymentCaptureRequest,
  'reader:report': readerReportRequest,
  'reader:status': readerStatusRequest,
  'connection-token:create': connectionTokenCreateRequest,
  'receipt:email': receiptEmailRequest,
  'window:report': windowReportRequest,
  'training:call': trainingCallRequest,
  'staff:status': nothingAsked,
  'staff:set-pin': staffSetPinRequest,
  'staff:unlock': staffUnlockRequest,
  'staff:lock': nothingAsked,
  'staff:touch': nothingAsked,
  'money:overview': nothingAsked,
  'money:sales': moneySalesRequest,
  'money:history': moneySaleRequest,
  'money:decide': moneyDecideRequest,
  'money:tender': moneyTenderRequest,
  'money:check': moneySaleRequest,
  'money:retry': nothingAsked,
  'money:sweep': nothingAsked,
  'day:report': nothingAsked,
  'day:close': dayCloseRequest,
  'day:export': nothingAsked,
  'support:bundle': nothingAsked,
  'readers:list': nothingAsked,
  'readers:register': readerRegisterRequest,
  'readers:rename': readerRenameRequest,
  'readers:deregister': readerDeregisterRequest,
  'readers:choose': readerChooseRequest,
  'readers:use': readerUseRequest,
  'readers:check': readerCheckRequest,
  'readers:free': readerFreeRequest,
  'locations:create': locationCreateRequest,
  'member:identify': memberIdentifyRequest,
  'member:leave': nothingOfMember,
  'card:offer': nothingOfMember,
  'card:save': cardSaveRequest,
  'card:dont-save': cardDontSaveRequest,
  'card:pay': cardPayRequest,
  'card:remove': cardRemoveRequest,
  'setup:cancel': setupRequest,
  'setup:retry': setupRequest,
  'setup:dismiss': setupRequest,
  'members:search': membersSearchRequest,
  'members:read': memberReadRequest,
  'members:save': memberSaveRequest,
  'members:remove-card': memberRemoveCardRequest,
  'members:charge': memberChargeRequest,
  'members:export-consents': memberReadRequest,
  'refunds:offer': refundOfferRequest,
  'refunds:ask': refundAskRequest,
  'refunds:list': nothingAsked,
  'refunds:check': refundRequest,
  'refunds:stop': refundRequest,
  'refunds:acknowledge': refundAcknowledgeRequest,
} satisfies Record<CommandName, z.ZodType>;

/** Nothing to tell: the snapshot that follows says what changed. */
export type Nothing = null;

/** What each command answers with, inside the envelope. */
export interface Responses {
  'kiosk:attach': Snapshot;
  'catalogue:read': CatalogueView;
  'sale:start': SaleStarted;
  'order:open': OrderAnswer;
  'order:attach': OrderAnswer;
  'order:balance': OrderAnswer;
  'sale:confirm': Nothing;
  'sale:extend': Nothing;
  'sale:cancel': Nothing;
  'sale:dismiss': Nothing;
  'payment:accept': Nothing;
  'payment:retry': Nothing;
  'payment:capture': Nothing;
  'reader:report': Nothing;
  'reader:status': Nothing;
  'connection-token:create': ConnectionTokenCreated;
  'receipt:email': ReceiptEmailSaved;
  'window:report': Nothing;
  'training:call': unknown;
  'staff:status': StaffStatus;
  'staff:set-pin': StaffPinAnswer;
  'staff:unlock': StaffPinAnswer;
  'staff:lock': Nothing;
  'staff:touch': Nothing;
  'money:overview': MoneyOverview;
  'money:sales': MoneySales;
  'money:history': SaleHistoryView;
  'money:decide': DecisionAnswer;
  'money:tender': DecisionAnswer;
  'money:check': Nothing;
  'money:retry': Nothing;
  'money:sweep': SweepAnswer;
  'day:report': DayReportView;
  'day:close': DayCloseAnswer;
  'day:export': FileWritten;
  'support:bundle': FileWritten;
  'readers:list': ReadersView;
  'readers:register': ReaderAnswer;
  'readers:rename': ReaderAnswer;
  'readers:deregister': ReaderAnswer;
  'readers:choose': ReaderAnswer;
  'readers:use': ReaderAnswer;
  'readers:check': ReaderCheck;
  'readers:free': ReaderAnswer;
  'locations:create': ReaderAnswer;
  'member:identify': IdentifyAnswer;
  'member:leave': Nothing;
  'card:offer': ConsentOffer;
  'card:save': CardSaveAnswer;
  'card:dont-save': Nothing;
  'card:pay': Nothing;
  'card:remove': Nothing;
  'setup:cancel': Nothing;
  'setup:retry': Nothing;
  'setup:dismiss': Nothing;
  'members:search': readonly MemberRow[];
  'members:read': MemberSheet;
  'members:save': MemberSaveAnswer;
  'members:remove-card': MemberSheet;
  'members:charge': MemberChargeAnswer;
  'members:export-consents': FileWritten;
  'refunds:offer': RefundOffer;
  'refunds:ask': RefundAnswer;
  'refunds:list': readonly RefundView[];
  'refunds:check': Nothing;
  'refunds:stop': RefundAnswer;
  'refunds:acknowledge': RefundAnswer;
}

export type Requests = {
  [Name in CommandName]: z.infer<(typeof requestSchemas)[Name]>;
};

export interface Events extends Record<EventName, unknown> {
  'kiosk:changed': Snapshot;
  'reader:commanded': ReaderCommand;
  'training:happened': unknown;
}

/** What the preload puts on `window.kiosk`: these two functions, for the names above, and nothing else. */
export interface KioskBridge {
  ask<Name extends CommandName>(
    name: Name,
    request: Requests[Name],
  ): Promise<Envelope<Responses[Name]>>;
  /** Returns a function that stops listening. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
}

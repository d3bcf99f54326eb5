import {
  datedReportOf,
  factCommands,
  PeerSupportAcceptedData,
  PeerSupportDeclinedData,
  PeerSupportEndedData,
  PeerSupportOfferedData,
} from '#contracts';

export class OfferPeerSupport extends datedReportOf(PeerSupportOfferedData) {}
export class AcceptPeerSupport extends datedReportOf(PeerSupportAcceptedData) {}
export class DeclinePeerSupport extends datedReportOf(PeerSupportDeclinedData) {}
export class EndPeerSupport extends datedReportOf(PeerSupportEndedData) {}
export const ofRelationship = factCommands('PeerSupport');

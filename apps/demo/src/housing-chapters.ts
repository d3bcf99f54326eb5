import { later, type Journal, type Timing, type When, type Who } from './journal.js';

/** What can happen on the way to an own door. */
export class HousingChapters {
  constructor(
    private readonly journal: Journal,
    private readonly number: (prefix: string) => string,
  ) {}

  /** An enrolment in a programme: a bar of its own, which ends no tenancy. */
  enrolment(
    who: Who,
    program: string,
    when: When,
    more: { projectType: number; prior?: number; until?: When; destination?: number },
  ): readonly [string, string] {
    const subject = ['EnrollmentID', this.number('N')] as const;
    const { projectType } = more;
    this.journal.tell(
      who,
      'housing/report-project-entry',
      when,
      {
        projectId: this.journal.place(program),
        projectType,
        cocCode: 'MI-501',
        ...(more.prior && { priorLivingSituation: more.prior }),
      },
      { subject },
    );
    if (more.prior)
      this.journal.tell(
        who,
        'housing/report-living-situation',
        when,
        { code: more.prior, asOf: this.journal.local(when), beforeEntry: true },
        { subject },
      );
    if (more.until)
      this.journal.tell(
        who,
        'housing/report-project-exit',
        more.until,
        { ...(more.destination && { destination: more.destination }) },
        { subject },
      );
    return subject;
  }
  situation(who: Who, when: When, code: number, enrolment?: readonly [string, string]): void {
    this.journal.tell(
      who,
      'housing/report-living-situation',
      when,
      { code, asOf: this.journal.local(when) },
      enrolment ? { subject: enrolment } : {},
    );
  }
  /** Referral, offer, and what the consumer said to it. */
  offerOfHome(who: Who, when: When, accepted: boolean, reason = 'location'): void {
    const subject = ['ReferralID', this.number('F')] as const;
    const tell = (command: string, at: When, body: object) => this.journal.tell(who, `housing/${command}`, at, body, { subject });
    tell('report-housing-referral', when, { referralEvent: 14, toProjectId: this.journal.place('maple-psh') });
    tell('report-referral-result', later(when, 9), { result: 1 });
    tell('offer-unit', later(when, 21), { bedrooms: 1, answerBy: this.journal.local([when[0] - 31]) });
    if (accepted) tell('accept-unit-offer', later(when, 23), { words: 'Yes. I want my own door.' });
    else tell('decline-unit-offer', later(when, 24), { by: 'consumer', reason, words: 'Too far from my sister.' });
  }
  voucher(who: Who, when: When): void {
    const subject = ['VoucherID', this.number('K')] as const;
    this.journal.tell(
      who,
      'housing/report-voucher-issued',
      when,
      {
        ref: subject[1],
        subsidyType: 433,
        housingAuthorityId: this.journal.place('authority'),
        bedrooms: 1,
        expiresOn: this.journal.local([when[0] - 120]),
      },
      { subject },
    );
  }
  /** A tenancy: lease, move-in on its own day, confirmations that she is still there, and its end if it had one. */
  tenancy(
    who: Who,
    when: When,
    more: { projectType: number; until?: When; reason?: string; knownHow?: string; corrected?: When; number?: string },
  ): void {
    const subject = ['TenancyID', more.number ?? this.number('T')] as const;
    const tell = (command: string, at: When, body: object, timing: Timing = {}) =>
      this.journal.tell(who, `housing/${command}`, at, body, { ...timing, subject });
    tell('report-lease', later(when, -4), {
      startsOn: this.journal.local(when),
      isHolder: true,
      address: '218 Maple Street, unit 4',
      rent: '640 USD a month',
    });
    tell('report-move-in', when, {
      projectType: more.projectType,
      subsidyType: 439,
      physicallyMoved: true,
      address: '218 Maple Street, unit 4',
    });
    if (more.corrected)
      tell(
        'report-move-in',
        more.corrected,
        { projectType: more.projectType, subsidyType: 439, physicallyMoved: true, address: '218 Maple Street, unit 4' },
        { assertedAfter: (more.corrected[0] - when[0] + 12) * 1440 },
      );
    const end = more.until?.[0] ?? -1;
    for (let d = when[0] - 180; d > Math.max(end, 0); d -= 180)
      tell('confirm-housing-status', [d], { status: 'still-there', knownHow: 'visit' });
    if (more.until)
      tell('report-tenancy-end', more.until, { reason: more.reason ?? 'moved-out', knownHow: more.knownHow ?? 'landlord' });
  }
}

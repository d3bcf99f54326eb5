import type { Answer, ExternalIdentifier } from '#contracts';
import { fold, reject, type AnyEvent, type Envelope, Rejection } from '#kernel';
import { leave, moveVisit, type Move, type Step } from './move-visit.policy.js';
import { visit } from './visit.decider.js';
import { statements } from './visit.state.js';

/** What a move needs of the world. */
export interface MovePorts {
  /** A stream's events, opened. */
  read(streamId: string): Promise<readonly (Envelope & AnyEvent)[]>;
  /** The id that a source's record leads to. */
  find(record: ExternalIdentifier): Promise<string | undefined>;
  /** The person whom an identifier names, reserved where nobody had it. */
  personOf(identifier: ExternalIdentifier): Promise<string>;
  /** The id reserved for the visit at the right person: the same one whenever it is asked for. */
  newVisit(fromVisitId: string, personId: string): Promise<string>;
  point(record: ExternalIdentifier, visitId: string): Promise<void>;
  /** Sends one step to a visit's stream. */
  send(step: Step, visitId: string): Promise<Answer | Rejection>;
}
export interface MoveVisit {
  readonly visit: { readonly id?: string; readonly record?: ExternalIdentifier };
  readonly to: { readonly personId?: string; readonly identifier?: ExternalIdentifier };
  readonly source: Envelope['source'];
  readonly assertedAt: string | null;
}

/** Moves a visit to the person whose it is: written whole there, then found there, then taken back here. Begun again, it goes on. */
export class VisitMover {
  constructor(private readonly ports: MovePorts) {}

  /** Refuses `visit-unknown` where nothing is recorded of the visit. */
  async move(move: MoveVisit): Promise<Answer | Rejection> {
    const [fromVisitId, personId] = await this.named(move);
    const old = fromVisitId === undefined ? [] : await this.ports.read(`visit-${fromVisitId}`);
    if (fromVisitId === undefined || personId === undefined || old.length === 0) {
      return reject(
        'visit-unknown',
        'Nothing is recorded of the visit that is to move. Import what tells of it first.',
        'subject',
      );
    }
    if (old[0]?.personId === personId) return this.finish(fromVisitId, old, move);
    return this.carry(old, { fromVisitId, personId }, move);
  }

  private async named({ visit: { id, record }, to }: MoveVisit): Promise<readonly (string | undefined)[]> {
    return [
      id ?? (record && (await this.ports.find(record))),
      to.personId ?? (to.identifier && (await this.ports.personOf(to.identifier))),
    ];
  }

  private async carry(
    old: readonly (Envelope & AnyEvent)[],
    { fromVisitId, personId }: Pick<Move, 'fromVisitId' | 'personId'>,
    { visit: named, source, assertedAt }: MoveVisit,
  ): Promise<Answer | Rejection> {
    const visitId = await this.ports.newVisit(fromVisitId, personId);
    const { here, away } = moveVisit(old, statements(fold(visit, old)), {
      fromVisitId,
      personId,
      origin: { source, assertedAt },
    });
    const answers: Answer[] = [];
    for (const step of here) {
      const answer = await this.ports.send(step, visitId);
      if (answer instanceof Rejection) return answer;
      answers.push(answer);
    }
    if (named.record) await this.ports.point(named.record, visitId);
    const gone = await this.ports.send(away, fromVisitId);
    return gone instanceof Rejection ? gone : together([...answers, gone], `visit-${visitId}`, personId);
  }

  /** The number leads to the right person already. If a move brought it there, its last step may not have been made. */
  private async finish(visitId: string, here: readonly (Envelope & AnyEvent)[], { source, assertedAt }: MoveVisit) {
    const arrival = here.find(({ type }) => type === 'VisitMovedHere');
    const answer: Answer = {
      status: 'unchanged',
      position: here.at(-1)?.position ?? 0,
      streamId: `visit-${visitId}`,
      personId: here[0]?.personId ?? null,
      events: [],
    };
    if (!arrival) return answer;
    const { fromVisitId } = arrival.data as { fromVisitId: string };
    const gone = await this.ports.send(leave(fromVisitId, { source, assertedAt }), fromVisitId);
    return gone instanceof Rejection ? gone : together([answer, gone], answer.streamId, answer.personId);
  }
}

const together = (answers: readonly Answer[], streamId: string, personId: string | null): Answer => {
  const recorded = answers.filter(({ status }) => status === 'recorded');
  return {
    status: recorded.length > 0 ? 'recorded' : 'repeated',
    position: Math.max(...answers.map(({ position }) => position)),
    streamId,
    personId,
    events: recorded.flatMap(({ events }) => events),
  };
};

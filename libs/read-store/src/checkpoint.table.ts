import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a projection has folded the log, and who folds it. */
@Entity('checkpoint')
export class CheckpointRow {
  @PrimaryColumn('text') projection!: string;
  @Column('bigint') position!: string;
  @Column('text', { name: 'log_id' }) logId!: string;
  @Column('int') epoch!: number;
  @Column('text') hash!: string;
  @Column('text', { name: 'recorded_at', nullable: true }) recordedAt!: string | null;
  @Column('text', { nullable: true }) holder!: string | null;
  @Column('timestamptz', { name: 'held_until', nullable: true }) heldUntil!: Date | null;
}

/** An event that a projection could not take, or one behind it in its stream. */
@Entity('parked')
export class ParkedRow {
  @PrimaryColumn('text') projection!: string;
  @PrimaryColumn('bigint') position!: string;
  @Column('text', { name: 'stream_id' }) streamId!: string;
  @Column('text') reason!: string;
}

/** Of a stream, its newest row; a lateral join, because `stream_id = any(…)` first planned on an empty table stays a scan. */
const NEWEST_OF = (stream: string) =>
  `(select e.revision, e.person_id from log.events e where e.stream_id = ${stream} order by e.revision desc limit 1)`;

const STATE = `
  select l.seeding, l.seeder, coalesce(e.position, 0) as position, e.recorded_at
    from log.log l left join (select position, recorded_at from log.events order by position desc limit 1) e on true`;

/** One lock for all writers, so that positions are given in commit order. It ends with the transaction: never held over a round trip. */
const LOCK = `perform pg_advisory_xact_lock(7310871);`;

const instant = (time: string) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * `log.append`: a group of requests, no two of one stream. Those that can be recorded are; for each of the others `refused` has
 * `{n, elsewhere, positions, recordedAt, person, actual}`, n being its place in the group from 1. Nothing is recorded (`recorded`
 * is null) while another seeds the log, or for a seeder whose log is closed. `careful` looks every event up by its id, not only those
 * of requests that do not fit.
 */
export const APPEND = `
create or replace function log.append(
  streams text[], expected integer[], persons uuid[],
  of_request integer[], event_streams text[], event_persons uuid[], revisions integer[],
  ids uuid[], types text[], bodies text[], sealeds bytea[], hashes bytea[], clocks timestamptz[], by_seeder text, careful boolean,
  out base bigint, out recorded text[], out refused jsonb, out seeding text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  state record;
  suspects bigint[];
  stamp timestamptz(3);
begin
  ${LOCK}
  ${STATE} into state;
  base := state.position;
  seeding := state.seeding;
  if seeding = 'open' and state.seeder is distinct from by_seeder then return; end if;

  select array_agg(r.n) into suspects
    from unnest(streams, expected, persons) with ordinality r(stream, expected, person, n)
    left join lateral ${NEWEST_OF('r.stream')} newest on true
   where careful or coalesce(newest.revision, -1) <> r.expected
      or (newest.revision is not null and newest.person_id is distinct from r.person);

  if suspects is not null then
    select jsonb_agg(jsonb_build_object('n', r.n, 'elsewhere', found.elsewhere, 'positions', found.positions,
             'recordedAt', ${instant('found.recorded_at')}, 'person', other.person, 'actual', coalesce(newest.revision, -1)))
      into refused
      from unnest(streams, expected, persons) with ordinality r(stream, expected, person, n)
      left join lateral ${NEWEST_OF('r.stream')} newest on true
      left join lateral (
        select array_agg(e.position order by e.position) filter (where e.stream_id = r.stream) as positions,
               min(e.id::text) filter (where e.stream_id <> r.stream) as elsewhere, max(e.recorded_at) as recorded_at
          from unnest(ids, of_request) i(id, n)
          cross join lateral (select e.stream_id, e.position, e.recorded_at, e.id from log.events e where e.id = i.id) e
         where i.n = r.n) found on true
      cross join lateral (select newest.revision is not null and newest.person_id is distinct from r.person as person) other
     where r.n = any(suspects)
       and (found.positions is not null or found.elsewhere is not null or other.person or coalesce(newest.revision, -1) <> r.expected);
    select array_agg((r->>'n')::bigint) into suspects from jsonb_array_elements(refused) r;
  end if;
  if by_seeder is not null and seeding <> 'open' then return; end if;

  stamp := date_trunc('milliseconds', clock_timestamp());
  insert into log.events
  select state.position + row_number() over (order by e.n), e.stream, e.revision, e.id, e.type, e.person,
         greatest(state.recorded_at, max(coalesce(e.clock, stamp)) over (order by e.n)), e.body, e.sealed, e.hash
    from unnest(of_request, event_streams, event_persons, revisions, ids, types, bodies, sealeds, hashes, clocks) with ordinality
         e(request, stream, person, revision, id, type, body, sealed, hash, clock, n)
   where suspects is null or e.request <> all(suspects);
  if seeding = 'open' then
    select array_agg(${instant('e.recorded_at')} order by e.position) into recorded from log.events e where e.position > state.position;
  end if;
  recorded := coalesce(recorded, array[${instant('greatest(state.recorded_at, stamp)')}]);
end $$;
`;

/** `log.append_one`: the way of a lone writer's single event. Null where anything does not fit: `log.append` then tells what. */
export const APPEND_ONE = `
create or replace function log.append_one(
  of_stream text, expected integer, person uuid, event_id uuid, event_type text, event_body text, event_sealed bytea, event_hash bytea)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  state record;
  stamp timestamptz(3);
begin
  ${LOCK}
  select s.*, newest.revision, newest.person_id into state
    from (${STATE}) s left join lateral ${NEWEST_OF('of_stream')} newest on true;
  if state.seeding = 'open' or coalesce(state.revision, -1) <> expected
     or (state.revision is not null and state.person_id is distinct from person) then return null; end if;
  stamp := greatest(state.recorded_at, date_trunc('milliseconds', clock_timestamp()));
  insert into log.events values
    (state.position + 1, of_stream, expected + 1, event_id, event_type, person, stamp, event_body, event_sealed, event_hash);
  return state.position + 1 || ' ' || ${instant('stamp')};
end $$;
`;

/** The last position recorded at or before an instant: positions have no gaps and `recorded_at` never goes back, so it is found by halving. */
export const KNOWN_ON = `
create or replace function log.position_known_on(instant timestamptz) returns bigint language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint := coalesce((select max(position) from log.events), 0);
  middle bigint;
begin
  while low < high loop
    middle := (low + high + 1) / 2;
    if (select recorded_at from log.events where position = middle) <= instant then low := middle; else high := middle - 1; end if;
  end loop;
  return low;
end $$;
`;

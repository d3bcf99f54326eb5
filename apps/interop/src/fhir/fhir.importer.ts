import type { Desk, Importer, Input, SourceRecord } from '../importer.js';
import { Truncated } from '../input.js';
import { linesOf } from '../lines.js';
import { FhirSource } from './fhir-source.js';
import { translate } from './fhir-translate.js';

const FIRST = ['Organization', 'Location', 'Patient', 'Encounter'];
/** The type of a file's first resource; undefined where the file is not NDJSON of FHIR resources. */
const typeIn = (head: Buffer): string | undefined => {
  const text = head.toString('utf8').replace(/^\uFEFF/, '').trimStart(); // prettier-ignore
  const [first = ''] = text.split('\n', 1);
  return text.startsWith('{') ? /"resourceType"\s*:\s*"([A-Za-z]+)"/.exec(first)?.[1] : undefined;
};
const rank = (type: string) => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);

/** Files of resources: what others refer to comes first. */
const filesOf = async (input: Input): Promise<readonly string[]> => {
  const typed: { readonly file: string; readonly type: string }[] = [];
  for (const file of input.files) {
    const type = typeIn(await input.head(file));
    if (type !== undefined) typed.push({ file, type });
  }
  return typed.sort((a, b) => rank(a.type) - rank(b.type)).map(({ file }) => file);
};

const WHOLE = 'Fetch the file again and import it once more: what was recorded is not recorded twice.';

async function* recordsOf(file: string, input: Input, from: FhirSource): AsyncIterable<SourceRecord> {
  let number = 0;
  try {
    for await (const { text, number: line, terminated } of linesOf(input.open(file))) {
      number = line;
      if (text.trim() === '') continue;
      if (!terminated && !isWhole(text)) {
        yield { file, line, kind: 'file', stopped: 'the file ends within a line', remedy: WHOLE };
        return;
      }
      yield await translate(text, { file, line }, from);
    }
  } catch (error) {
    if (!(error instanceof Truncated)) throw error;
    yield { file, line: number + 1, kind: 'file', stopped: error.message, remedy: WHOLE };
  }
}
const isWhole = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** FHIR R4 as NDJSON: a file, or the folder of a bulk export. */
export const fhirImporter: Importer = {
  format: 'FHIR R4 NDJSON',
  recognizes: async (input) => (await filesOf(input)).length > 0,
  async *records(input: Input, desk: Desk) {
    const from = new FhirSource(input, desk);
    for (const file of await filesOf(input)) yield* recordsOf(file, input, from);
  },
};

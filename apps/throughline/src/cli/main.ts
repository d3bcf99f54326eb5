import { Command, InvalidArgumentError } from 'commander';
import { fail, sayTo } from '../running.js';
import { rebuildIdentifierTable } from './identifiers.command.js';
import { importAll, type ImportWanted } from './import.command.js';
import { verifyLog, type VerifyWanted } from './verify.command.js';

const position = (text: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('A position is a whole number from 1 on.');
  return Number(text);
};

/** Ends with the status that a command came to, after all that was said has left. */
const ending = (work: Promise<number>) => work.then((status) => void (process.exitCode = status), fail);

const program = new Command('throughline').description('What is done beside the running service.');

program
  .command('import')
  .description('Bring in HL7 v2 messages, FHIR R4 NDJSON, or an HMIS CSV export: files, folders, a zip.')
  .argument('<files...>')
  .option('--json', 'print the summary as one last line of JSON')
  .option('--report <file>', 'where to list what was ignored or refused, and why', 'import-report.tsv')
  .action((files: string[], wanted: ImportWanted) => ending(importAll(files, wanted, sayTo(process))));

program
  .command('verify')
  .description('Check every recorded event against the seals in the database and outside it.')
  .option('--from <position>', 'the first position of interest', position)
  .option('--to <position>', 'the last one', position)
  .option('--json', 'print the verdict as one line of JSON')
  .action((wanted: VerifyWanted) => ending(verifyLog(wanted, process.env, sayTo(process))));

program
  .command('identifiers')
  .description('The table of external identifiers.')
  .command('rebuild')
  .description('Make it again from the log, after it was lost. The suppression list of those who were erased is not in the log.')
  .action(() => ending(rebuildIdentifierTable(process.env, sayTo(process))));

await program.parseAsync();

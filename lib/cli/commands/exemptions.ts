import { type Command, subcommand } from '../command.ts';
import { addExemption, confirmExemption, endExemption } from './exemptions-change.ts';
import { listExemptions } from './exemptions-list.ts';

const usage = `Usage: plumbline exemptions [list] [options]
       plumbline exemptions add <resource> <control> --owner <who> --reason <why> --expires <day>
       plumbline exemptions confirm <resource> <control> --owner <who> [--expires <day>]
       plumbline exemptions end <resource> <control>

Lists the exemptions of the baseline and those that people gave single resources, and changes
the latter. An exempted failure is still FAILED, as INFORMATIONAL, and is not put right.

  plumbline exemptions <list|add|confirm|end> --help    the options of each

Exit code: 0 listed or done, 2 not.
Example: plumbline exemptions end my-bucket S3.8`;

export const exemptions: Command = (argv) =>
  subcommand(argv, usage, 'list', {
    list: listExemptions,
    add: addExemption,
    confirm: confirmExemption,
    end: endExemption,
  });

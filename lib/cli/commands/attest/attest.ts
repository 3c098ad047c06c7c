import { existsSync } from 'node:fs';
import { catalogue } from '../../../reporting/catalogue.ts';
import { counts, customaryAttestations } from '../../../reports/compliance/attestation.ts';
import { attestationSchema } from '../../../reports/compliance/attestations-file.ts';
import { withAttestation } from '../../../reports/compliance/write-attestation.ts';
import { visible } from '../../../reports/formats/visible.ts';
import type { Framework, Requirement } from '../../../reports/frameworks/resolve.ts';
import { didYouMean } from '../../../support/nearest.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import { parsed, required } from '../../arguments.ts';
import type { Command } from '../../command.ts';
import { textIn } from '../../text-in.ts';
import { frameworkNamed } from '../report/report-frameworks.ts';

const usage = `Usage: plumbline attest <standard> <requirement> --by <who> --until <day> --link <url>

Writes into a file that somebody answers for a requirement that no control answers, until a day. A
report says so; it counts for nothing where controls answer the requirement.

  <standard>            a framework, such as cis-aws-5.0.0, a checklist, or a file of your own
  <requirement>         its id there, such as 1.2
  --by <who>            who answers for it
  --until <day>         the last day on which it counts, in UTC, such as 2027-01-31
  --link <url>          where the proof is, https://
  --attestations <file>  else plumbline-attestations.yaml

Exit code: 0 written, 2 not.
Example: plumbline attest cis-aws-5.0.0 1.1 --by ann --until 2999-01-31 --link https://wiki.example.com/contacts`;

const options = {
  by: { type: 'string' },
  until: { type: 'string' },
  link: { type: 'string' },
  attestations: { type: 'string' },
} as const;

const requirementNamed = ({ requirements, id }: Framework, name: string): Requirement => {
  const found = requirements.find((each) => each.id.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const known = requirements.map((each) => each.id);
  throw new UserError(
    `${id} has no requirement ${name}; ${didYouMean(name, known, 'docs/reference/coverage.md lists them')}`,
  );
};

/** What is asked for, held to the form that the file is read by. */
const checked = (value: unknown) => {
  const read = attestationSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw new UserError(
    `--${name} is ${String(Reflect.get(Object(value), name)).slice(0, 100)}; ${issue?.message}`,
  );
};

export const attest: Command = async (argv) => {
  const args = parsed(argv, options, usage, 2);
  if (!args) return 0;
  const [standard = '', name = ''] = args.positionals;
  const { by, until, link, attestations: file = customaryAttestations } = args.values;
  const framework = await frameworkNamed(standard, await catalogue());
  const requirement = requirementNamed(framework, name);
  const controls = [...requirement.controls, ...(requirement.manifests ?? [])];
  if (requirement.kind !== 'shared' && controls.length > 0)
    throw new UserError(
      `controls answer ${requirement.id}: ${controls.join(', ')}; an attestation would count for nothing, an exemption says who answers for a resource`,
    );
  const attestation = checked({
    standard: framework.id,
    requirement: requirement.id,
    by: required('by', by),
    until: required('until', until),
    link: required('link', link),
  });
  if (!counts(attestation, new Date())) throw new UserError(`--until is ${until}, which is over`);
  const before = existsSync(file) ? await textIn('--attestations', file) : undefined;
  const { text, replaced } = withAttestation(before, file, attestation);
  await written(file, text);
  const instead = replaced.map(
    (one) => `, in place of ${visible(one.by)} until ${one.until} (${visible(one.link)})`,
  );
  console.log(
    `${framework.id} ${requirement.id}: ${visible(attestation.by)} answers for it until ${attestation.until}, in ${file}${instead.join('')}`,
  );
  return 0;
};

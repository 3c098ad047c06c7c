import { isMap, isSeq, parseDocument } from 'yaml';
import type { Attestation } from './attestation.ts';
import { attestationsIn } from './attestations-file.ts';

const begin = `# What people attest, for plumbline report. It is reviewed as the baseline is: who may change this file may say that a
# requirement is met.
attestations: []
`;

/** The text of a file of attestations, and what it had of the same requirement. */
export interface Attested {
  readonly text: string;
  readonly replaced: readonly Attestation[];
}

/** A file of attestations with one more; one of the same requirement is replaced, and comments stay. */
export const withAttestation = (
  text: string | undefined,
  file: string,
  attestation: Attestation,
): Attested => {
  const before = text === undefined || text.trim() === '' ? begin : text;
  const { standard, requirement } = attestation;
  const replaced = attestationsIn(before, file).filter(
    (one) => one.standard === standard && one.requirement === requirement,
  );
  const document = parseDocument(before);
  const listed = document.get('attestations');
  if (!isSeq(listed)) return { text: before, replaced: [] };
  listed.flow = false;
  listed.items = listed.items.filter(
    (item) =>
      !isMap(item) ||
      item.get('standard') !== attestation.standard ||
      item.get('requirement') !== attestation.requirement,
  );
  listed.add(document.createNode(attestation));
  const after = document.toString({ lineWidth: 0 });
  // What is written is what will be read: `1.10` stays a text.
  attestationsIn(after, file);
  return { text: after, replaced };
};

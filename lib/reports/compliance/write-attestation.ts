import { isMap, isSeq, parseDocument } from 'yaml';
import type { Attestation } from './attestation.ts';
import { attestationsIn } from './attestations-file.ts';

const begin = `# What people attest, for plumbline report. It is reviewed as the baseline is: who may change this file may say that a
# requirement is met.
attestations: []
`;

/** The text of a file of attestations with one more; one of the same requirement is replaced, and comments stay. */
export const withAttestation = (
  text: string | undefined,
  file: string,
  attestation: Attestation,
): string => {
  const before = text === undefined || text.trim() === '' ? begin : text;
  attestationsIn(before, file);
  const document = parseDocument(before);
  const listed = document.get('attestations');
  if (!isSeq(listed)) return before;
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
  return after;
};

import { existsSync } from 'node:fs';
import {
  type Attestation,
  customaryAttestations,
} from '../../../reports/compliance/attestation.ts';
import { attestationsIn } from '../../../reports/compliance/attestations-file.ts';
import { textIn } from '../../text-in.ts';

/** What people attest: of the file that is named, else of `plumbline-attestations.yaml`, where it is there. */
export const attestationsAt = async (path: string | undefined): Promise<readonly Attestation[]> => {
  const file = path ?? (existsSync(customaryAttestations) ? customaryAttestations : undefined);
  return file === undefined ? [] : attestationsIn(await textIn('--attestations', file), file);
};

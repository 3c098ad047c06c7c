import { z } from 'zod';
import { day, httpsUrl, strictly, words } from '../words-schema.ts';
import { yamlOf } from '../yaml-of.ts';
import type { Attestation } from './attestation.ts';

export const attestationSchema = strictly({
  standard: words('the id of a framework', 60),
  requirement: words('the id of a requirement', 100),
  by: words('who attests it'),
  until: day,
  link: httpsUrl,
});
const schema = strictly({ attestations: z.array(attestationSchema) });

/** What people attest, as a YAML text. */
export const attestationsIn = (text: string, file: string): readonly Attestation[] =>
  yamlOf(text, file, schema).value.attestations;

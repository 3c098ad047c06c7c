/** What people attest, where it lies beside the handlers that write reports by the clock. */
export const attestationsBundled = 'attestations.json';
/** What people attest, beside the baseline. */
export const customaryAttestations = 'plumbline-attestations.yaml';

/** A person's word that a requirement is met, until a day. */
export interface Attestation {
  readonly standard: string;
  readonly requirement: string;
  readonly by: string;
  /** The last day on which it counts, in UTC: `2027-01-31`. */
  readonly until: string;
  /** Where the proof is. */
  readonly link: string;
}

/** The last moment of a day. */
const lastMomentOf = (day: string): number => Date.parse(`${day}T23:59:59.999Z`);

/** Whether a word still counts at a time. */
export const counts = ({ until }: Attestation, at: Date): boolean =>
  at.getTime() <= lastMomentOf(until);

/** The word on a requirement that counts at a time; of several the one that counts longest. */
export const attestationOn = (
  attestations: readonly Attestation[],
  standard: string,
  at: Date,
): ((requirement: string) => Attestation | undefined) => {
  const found = new Map<string, Attestation>();
  for (const each of attestations) {
    const before = found.get(each.requirement);
    if (each.standard === standard && counts(each, at) && (!before || before.until < each.until))
      found.set(each.requirement, each);
  }
  return (requirement) => found.get(requirement);
};

/** A policy as data: services write the same text in ways of their own, and give it back in others. */
export const asData = (policy: unknown): unknown => {
  if (typeof policy !== 'string') return policy;
  try {
    return JSON.parse(policy);
  } catch {
    return policy;
  }
};

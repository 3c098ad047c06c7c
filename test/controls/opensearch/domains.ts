/** A domain that is as it should be. */
export const domain = {
  isChanging: false,
  engine: 'OpenSearch_2.19',
  isInVpc: true,
  isEncrypted: true,
  encryptsBetweenNodes: true,
  requiresHttps: true,
  tlsPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' as const,
  asksWho: true,
  admitsAnonymous: false,
  logs: ['AUDIT_LOGS'] as string[],
};

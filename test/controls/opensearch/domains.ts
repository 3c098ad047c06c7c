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
  nodes: { data: 3, areInZones: true },
  logs: ['AUDIT_LOGS', 'ES_APPLICATION_LOGS'] as string[],
};

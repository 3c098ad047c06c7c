import { clusterOfPublishesAuditLog } from '../rds/shared/other-engines.ts';

export const clusterPublishesAuditLog = clusterOfPublishesAuditLog('docdb', {
  id: 'DocumentDB.4',
  title: 'Amazon DocumentDB clusters should publish audit logs to CloudWatch Logs',
  rationale: 'Who signed in and what was dropped shows nowhere else.',
  nist: [
    ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)'],
    ...['CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)'],
  ],
  pci: ['10.3.3'],
});

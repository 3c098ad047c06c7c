import { clusterOfPublishesAuditLog } from '../rds/shared/other-engines.ts';

export const clusterPublishesAuditLog = clusterOfPublishesAuditLog('neptune', {
  id: 'Neptune.2',
  title: 'Neptune DB clusters should publish audit logs to CloudWatch Logs',
  rationale: 'Who asked for what shows nowhere else.',
  nist: [
    ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(1)', 'AU-6(3)'],
    ...['AU-6(4)', 'AU-6(5)', 'AU-7(1)', 'AU-9(7)', 'CA-7', 'SC-7(9)', 'SI-20', 'SI-3(8)'],
    ...['SI-4(20)', 'SI-4(5)', 'SI-7(8)'],
  ],
  pci: ['10.3.3'],
});

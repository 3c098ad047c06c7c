import { defineFramework } from '../framework.ts';

const identities = 'IAM.1 IAM.2 IAM.3 IAM.4 IAM.5 IAM.6 IAM.7 IAM.8 IAM.19 IAM.21 IAM.22';
const keys = 'S3.17 RDS.3 RDS.4 RDS.27';
const reach = 'EC2.2 EC2.13 EC2.14 EC2.18 EC2.19 EC2.53 EC2.54 RDS.1 RDS.2 S3.1 S3.2 S3.3 S3.8';

/**
 * Criteria of the AICPA, by id only. A criterion asks for what people do as well: where controls answer a part of it, it is
 * met only with an attestation beside them. Which controls belong to one is our reading; no publisher says it.
 */
export const soc2 = defineFramework({
  id: 'soc2-2017',
  title: 'SOC 2, Trust Services Criteria of 2017',
  publisher: 'AICPA',
  url: 'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
  source: 'Ids of the criteria; which controls answer them is our reading',
  date: '2026-11-30',
  sections: {
    CC1: 'Control environment',
    CC2: 'Communication',
    CC3: 'Risk assessment',
    CC4: 'Monitoring of controls',
    CC5: 'Control activities',
    CC6: 'Logical and physical access',
    CC7: 'System operations',
    CC8: 'Change management',
    CC9: 'Risk mitigation',
    A1: 'Availability',
    C1: 'Confidentiality',
    PI1: 'Processing integrity',
    P: 'Privacy',
  },
  rows: [
    {
      kind: 'manual',
      ids: `CC1.1 CC1.2 CC1.3 CC1.4 CC1.5 CC2.1 CC2.2 CC2.3 CC3.1 CC3.2 CC3.3 CC3.4 CC4.1 CC4.2
        CC5.1 CC5.2 CC5.3 CC6.4 CC6.5 CC6.8 CC7.3 CC7.4 CC7.5 CC8.1 CC9.1 CC9.2 A1.1 A1.3 C1.1 C1.2
        PI1.1 PI1.2 PI1.3 PI1.4 PI1.5 P1.1 P2.1 P3.1 P3.2 P4.1 P4.2 P4.3 P5.1 P5.2 P6.1 P6.2 P6.3 P6.4
        P6.5 P6.6 P6.7 P7.1 P8.1`,
    },
    { kind: 'shared', ids: 'CC6.1 CC6.2 CC6.3 CC6.6 CC6.7 CC7.1 CC7.2 A1.2' },
  ],
  controls: {
    'CC6.1': `${identities} ${keys} S3.1 S3.2 S3.3 S3.8 RDS.1 RDS.2 KMS.4`,
    'CC6.2': 'IAM.3 IAM.8 IAM.22',
    'CC6.3': 'IAM.1 IAM.2 IAM.21 IAM.27',
    'CC6.6': reach,
    'CC6.7': 'S3.5 PL.RDS.1',
    'CC7.1': 'IAM.28 PL.BLIND.1 PL.BLIND.2 PL.BLIND.3 CloudTrail.1 Config.1 GuardDuty.1',
    'CC7.2': 'S3.9 PL.BLIND.1 PL.BLIND.2 PL.BLIND.3 CloudTrail.1 GuardDuty.1',
    'A1.2': 'RDS.5 RDS.11 RDS.15 S3.14',
  },
});

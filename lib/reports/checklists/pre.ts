import { defineChecklist } from './checklist.ts';

/** What must be so before a deployment. */
export const preDeployment = defineChecklist('pre', 'Before deployment', '2026-11-30', {
  Servers: [
    {
      id: 'server.1',
      title: 'SSH takes keys only',
      controls: 'PL.SSH.2 PL.SSH.3 PL.SSH.4 PL.SSH.5 PL.SSH.20',
    },
    { id: 'server.2', title: 'root does not log in', controls: 'PL.SSH.1' },
    {
      id: 'server.3',
      title: 'the firewall drops what it does not allow',
      controls: 'PL.FW.1 PL.FW.2 PL.FW.4 PL.FW.5',
    },
    { id: 'server.4', title: 'fail2ban is installed and bans', controls: 'PL.F2B.1 PL.F2B.2' },
    {
      id: 'server.5',
      title: 'auditd records',
      controls: 'PL.AUD.1 PL.AUD.2 PL.AUD.3 PL.AUD.4 PL.AUD.5 PL.AUD.6 PL.AUD.7',
    },
    { id: 'server.6', title: 'security updates install themselves', controls: 'PL.UPD.1 PL.UPD.2' },
  ],
  Containers: [
    {
      id: 'container.1',
      title: 'every capability is dropped',
      controls: 'PL.DKR.6',
      declared: 'PL.CONTAINER.3 PL.CONTAINER.4',
    },
    {
      id: 'container.2',
      title: 'no new privileges are gained',
      controls: 'PL.DKR.2',
      declared: 'PL.CONTAINER.1 PL.CONTAINER.2',
    },
    {
      id: 'container.3',
      title: 'no process is root',
      controls: 'PL.DKR.8 ECS.1',
      declared: 'PL.CONTAINER.6',
    },
    {
      id: 'container.4',
      title: 'file systems are read-only',
      controls: 'PL.DKR.9 ECS.5',
      declared: 'PL.CONTAINER.7',
    },
    {
      id: 'container.5',
      title: 'memory and processes are limited',
      controls: 'PL.DKR.10',
      declared: 'PL.CONTAINER.11',
    },
    { id: 'container.6', title: 'logs rotate', controls: 'PL.DKR.1 ECS.9' },
  ],
  Network: [
    {
      id: 'network.1',
      title: 'databases are on internal networks only',
      controls: 'PL.DKR.14 PL.FW.6 PL.PG.7 RDS.2 PL.EC2.1 PL.EC2.2',
    },
    {
      id: 'network.2',
      title: 'no port is open that is not needed',
      controls: 'PL.FW.5 PL.DKR.13 EC2.18 EC2.19 PL.EC2.3 PL.EC2.4',
    },
    {
      id: 'network.3',
      title: 'services authenticate to each other',
      kind: 'shared',
      controls: 'PL.PG.3 RDS.10 RDS.12 ElastiCache.6',
    },
    {
      id: 'network.4',
      title: 'traffic from outside is encrypted',
      controls: 'S3.5 PL.RDS.1 PL.PG.1 ELB.1 ELB.3 ELB.17 CloudFront.3 CloudFront.9 CloudFront.10',
    },
    {
      id: 'network.5',
      title: 'security groups allow the least',
      controls: 'EC2.2 EC2.13 EC2.14 EC2.53 EC2.54 PL.EC2.5',
    },
  ],
  Secrets: [
    {
      id: 'secret.1',
      title: 'no secret is in code or environment',
      kind: 'shared',
      controls: 'ECS.8 CodeBuild.2',
      declared: 'PL.CONTAINER.14',
    },
    {
      id: 'secret.2',
      title: 'what is stored is encrypted',
      controls: 'S3.17 RDS.3 RDS.4 RDS.27',
    },
    {
      id: 'secret.3',
      title: 'secrets rotate',
      controls: 'IAM.3 KMS.4 SecretsManager.1 SecretsManager.4',
    },
  ],
});

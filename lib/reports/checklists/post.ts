import { defineChecklist } from './checklist.ts';

/** What is verified after a deployment: what runs, not what a file says. */
export const postDeployment = defineChecklist('post', 'After deployment', '2026-11-30', {
  Servers: [
    { id: 'server.1', title: 'sshd accepts its configuration', controls: 'PL.SSH.20' },
    { id: 'server.2', title: 'the firewall is on and drops', controls: 'PL.FW.2 PL.FW.4' },
    { id: 'server.3', title: 'fail2ban runs', controls: 'PL.F2B.2' },
    { id: 'server.4', title: 'no file is writable by all', controls: 'PL.FIL.3' },
    {
      id: 'server.5',
      title: 'files of accounts and keys have their modes',
      controls: 'PL.FIL.1 PL.FIL.2 PL.FIL.6',
    },
  ],
  Containers: [
    {
      id: 'container.1',
      title: 'capabilities are dropped, no privileges are gained',
      controls: 'PL.DKR.6 PL.DKR.2',
    },
    { id: 'container.2', title: 'no container runs as root', controls: 'PL.DKR.8' },
    { id: 'container.3', title: 'databases are on internal networks only', controls: 'PL.DKR.14' },
  ],
  Network: [
    {
      id: 'network.1',
      title: 'no port is exposed that is not needed',
      controls: 'PL.DKR.13 PL.FW.5 PL.FW.6 EC2.18 EC2.19',
    },
    {
      id: 'network.2',
      title: 'no database and no snapshot is public',
      controls: 'RDS.1 RDS.2 PL.EC2.1 PL.EC2.2',
    },
    { id: 'network.3', title: 'no bucket is public', controls: 'S3.1 S3.2 S3.3 S3.8' },
  ],
  Watching: [
    {
      id: 'watch.1',
      title: 'changes are heard',
      controls: 'PL.BLIND.1 PL.BLIND.2 PL.BLIND.3 PL.BLIND.4',
    },
    { id: 'watch.2', title: 'external access is analyzed', controls: 'IAM.28' },
  ],
});

import { spawnSync } from 'node:child_process';
import { mayHave } from '../../lib/manifests/containers/host.ts';

const paths = [
  '/',
  '/bin/sh',
  '/boot',
  '/dev',
  '/dev/null',
  '/dev/sda',
  '/dev/nvidia0',
  '/etc',
  '/etc/app/app.conf',
  '/etc/kubernetes',
  '/etc/cni/net.d',
  '/etc/containerd/config.toml',
  '/etc/etcd',
  '/etc/krb5.keytab',
  '/etc/rancher/k3s/k3s.yaml',
  '/etc/localtime',
  '/etc/localtimes',
  '/etc/shadow',
  '/etc/ssh/sshd_config',
  '/etc/ssl/certs',
  '/etc/ssl/private/key',
  '/home',
  '/home/kubernetes',
  '/home/kubernetes/bin',
  '/home/kubernetes-team/data',
  '/home/me',
  '/home/me/.ssh',
  '/home/me/data',
  '/lib',
  '/lib/modules',
  '/opt/app',
  '/opt/aws/bin',
  '/opt/bin',
  '/opt/binary',
  '/opt/cni/bin',
  '/ostree',
  '/proc',
  '/proc/1',
  '/root',
  '/root/.ssh',
  '/run',
  '/run/containerd/containerd.sock',
  '/run/docker.sock',
  '/run/postgresql',
  '/run/user/1',
  '/srv',
  '/srv/data',
  '/srv/docker.sock',
  '/sys',
  '/sysroot/etc',
  '/tmp',
  '/tmp/a',
  '/usr',
  '/usr/bin/app',
  '/usr/share/zoneinfo/UTC',
  '/usr/local/share/ca-certificates',
  '/var',
  '/var/cache/nginx',
  '/var/lib',
  '/var/lib/crio',
  '/var/lib/docker/volumes',
  '/var/lib/etcd',
  '/var/lib/etcd/member',
  '/var/lib/k0s',
  '/var/lib/kube-proxy',
  '/var/lib/minikube/certs',
  '/var/lib/waagent',
  '/var/lib/grafana',
  '/var/lib/kubelet',
  '/var/lib/lxd',
  '/var/lib/systemd',
  '/var/log',
  '/var/log/app',
  '/var/log/auth.log',
  '/var/log/journal/x',
  '/var/run/docker.sock',
  '/var/www',
  '/var/www/site',
];

it('lets a container have what the audit of hosts lets it have', () => {
  const asked = paths.flatMap((path) => [
    [path, ''],
    [path, 'ro:'],
  ]);
  const lines = asked.map(
    ([path, flag]) => `docker_may_have '${path}' '${flag}' && echo yes || echo no`,
  );
  const script = `shopt -s extglob\nsource lib/hosts/shell/kinds/services/docker-binds.sh\n${lines.join('\n')}`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const onHosts = stdout.trim().split('\n');
  const inManifests = asked.map(([path = '', flag]) =>
    mayHave(path, flag === 'ro:') ? 'yes' : 'no',
  );
  expect(asked.map(([path, flag], index) => `${flag}${path} ${inManifests[index]}`)).toEqual(
    asked.map(([path, flag], index) => `${flag}${path} ${onHosts[index]}`),
  );
});

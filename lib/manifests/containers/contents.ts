import { boolean, strings } from '../../model/parameters.ts';
import { isOpen, type ReadAs } from '../../support/secrets/open-text.ts';
import { isSecret } from '../../support/secrets/secret.ts';
import type { Container } from '../model/container.ts';
import { imageOf } from '../model/image.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
  type ManifestVerdict,
  notApplicable,
  unknown,
} from '../model/manifest-control.ts';
import { images, probes, resources, secrets } from './pages.ts';

const readAs = (platform: Container['platform']): ReadAs =>
  platform === 'compose' ? 'compose' : 'values';

/** The reference of an image, or the verdict where there is none. */
const referenceIn = ({ platform, image }: Container): string | ManifestVerdict => {
  const text = image.text()?.trim() ?? '';
  if (text === '') return notApplicable('it names no image');
  return isOpen(text, readAs(platform))
    ? unknown(`its image is ${text}, of which a part is put in later`)
    : text;
};

/** What a container is made of, and may use. */
export const contents: readonly ManifestControl[] = [
  defineManifestControl('container', {
    id: 'PL.CONTAINER.11',
    title: 'Containers have limits for memory and processors',
    severity: 'MEDIUM',
    rationale: 'One container that runs wild takes its host with it.',
    standards: {
      'cis-docker-1.6.0': ['5.11', '5.12'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: resource policies'],
    },
    evaluate: ({ limits: { memory, cpu, processes } }) =>
      departures(
        [
          { name: 'memory', limit: memory },
          { name: 'processors', limit: cpu },
          ...(processes ? [{ name: 'processes', limit: processes }] : []),
        ]
          .filter(({ limit }) => !limit.isSet)
          .map(({ name, limit }) => fault(limit, 'a limit', `it has no limit for ${name}`)),
      ),
    repair: (_, faults) => ({
      why: `only you know what it uses: ${faults.map(({ said }) => `${said.at.slice(-3).join('.')}: <limit>`).join(', ')}`,
    }),
    remediation: {
      advice:
        'Set resources: { limits: { memory, cpu } }, in compose deploy.resources.limits and pids_limit, to what it uses and a reserve.',
      url: resources,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.12',
    title: 'Images are named by a fixed tag or a digest',
    severity: 'MEDIUM',
    rationale: 'What latest is changes without anybody having looked at it.',
    standards: { 'cis-docker-1.6.0': ['5.28'], 'cis-kubernetes-1.9.0': ['5.5.1'] },
    parameters: { digest: boolean({ default: false }) },
    evaluate(container, { digest: isDigestAsked }) {
      const { platform, image } = container;
      // Of compose there is none where it is built; Kubernetes takes what is put in later.
      if (platform !== 'compose' && !image.isSet)
        return departures([fault(image, 'a fixed tag or a digest', 'it names no image')]);
      const reference = referenceIn(container);
      if (typeof reference !== 'string') return reference;
      const { tag, digest } = imageOf(reference);
      if (digest !== undefined) return departures([]);
      if (isDigestAsked)
        return departures([fault(image, 'a digest', 'its image is named by no digest')]);
      const isFixed = tag !== undefined && tag !== 'latest';
      return departures(
        isFixed
          ? []
          : [
              fault(
                image,
                'a fixed tag or a digest',
                'its image has no fixed tag, so that whatever is latest runs',
              ),
            ],
      );
    },
    remediation: {
      advice: 'Name the image by its digest, name@sha256:…, or by a tag that is not moved.',
      url: images,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.13',
    title: 'Images come from allowed registries',
    severity: 'MEDIUM',
    rationale: 'Whoever names an image of a stranger runs the stranger’s program.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.5.1'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: building secure container images'],
    },
    parameters: {
      registries: strings({
        default: [],
        allowed: 'registries, or the beginnings of repositories in them; none allows any',
        pattern: /^[a-z0-9.-]+(?::\d+)?(?:\/[\w./-]*)?$/,
      }),
    },
    evaluate(container, { registries }) {
      const { image } = container;
      if (registries.length === 0) return notApplicable('no registries are named');
      const reference = referenceIn(container);
      if (typeof reference !== 'string') return reference;
      const { registry, repository } = imageOf(reference);
      const whole = `${registry}/${repository}`;
      const isAllowed = registries.some((one) =>
        `${whole}/`.startsWith(`${one.replace(/\/$/, '')}/`),
      );
      return departures(
        isAllowed ? [] : [fault(image, registries, `its image comes from ${registry}`)],
      );
    },
    remediation: {
      advice:
        'Copy the image to a registry of yours, or name its registry in the parameter registries.',
      url: images,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.14',
    title: 'No secret stands in the environment of a container',
    severity: 'HIGH',
    findsSecrets: true,
    rationale:
      'Whoever reads the file, the history or the description of the container has the secret.',
    standards: {
      'cis-kubernetes-1.9.0': ['5.4.1'],
      'cis-docker-1.6.0': ['4.10'],
      'nsa-cisa-kubernetes-1.2': ['Network separation and hardening: secrets'],
    },
    evaluate: ({ platform, environment }) =>
      departures(
        environment
          .filter(
            ({ name, value }) => value && isSecret(name, value.text() ?? '', readAs(platform)),
          )
          .map(
            ({ name, said }): Fault => ({
              ...fault(said, 'a reference to a secret', `${name} holds a secret in plain text`),
              isSecret: true,
            }),
          ),
      ),
    remediation: {
      advice:
        'Take it from a secret: valueFrom.secretKeyRef, better a mounted file; in compose secrets. Then change it: it was read.',
      url: secrets,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.15',
    title: 'Somebody looks whether a container works',
    severity: 'LOW',
    rationale: 'A container that hangs serves nobody until a person sees it.',
    standards: { 'cis-docker-1.6.0': ['4.6', '5.27'] },
    evaluate: ({ isLasting, healthCheck: { is, said } }) =>
      isLasting
        ? departures(is ? [] : [fault(said, 'a check of its health', 'nothing checks its health')])
        : notApplicable('it ends by itself'),
    remediation: {
      advice:
        'Give it a livenessProbe or a readinessProbe; in compose a healthcheck, for ECS a HealthCheck.',
      url: probes,
    },
  }),
];

import { boolean, strings } from '../../../model/parameters.ts';
import { Unresolved } from '../../../model/unresolved.ts';
import { imageOf } from '../../model/image.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { known } from './known.ts';
import { building } from './pages.ts';

/** What an image is made of, by its name. */
const classOf = (reference: string): string => {
  const { registry, repository, tag = '' } = imageOf(reference);
  if (registry === 'cgr.dev') return 'chainguard';
  if (repository.includes('distroless')) return 'distroless';
  const name = `${repository}:${tag}`;
  if (/(?:^|[/:.-])alpine(?:[\d.:-]|$)/.test(name)) return 'alpine';
  if (/(?:^|[/:.-])slim(?:[:-]|$)/.test(name)) return 'slim';
  if (registry === 'docker.io' && repository.startsWith('library/')) return 'full';
  throw new Unresolved(`what the image ${reference} is made of`);
};

/** What images begin with. */
export const bases: readonly ManifestControl[] = [
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.2',
    title: 'Stages begin with an image of a fixed tag or a digest',
    severity: 'MEDIUM',
    rationale: 'What latest is changes without anybody having looked at it.',
    standards: { 'cis-docker-1.6.0': ['4.2'] },
    parameters: { digest: boolean({ default: false }) },
    evaluate({ base, from }, { digest: isDigestAsked }) {
      if (base.kind !== 'image') return notApplicable('it begins with no image');
      const { tag, digest } = imageOf(known(base.image));
      if (digest !== undefined) return departures([]);
      if (isDigestAsked)
        return departures([fault(from, 'a digest', 'its base is named by no digest')]);
      return departures(
        tag !== undefined && tag !== 'latest'
          ? []
          : [
              fault(
                from,
                'a fixed tag or a digest',
                'its base image has no fixed tag, so that whatever is latest is built on',
              ),
            ],
      );
    },
    remediation: {
      advice: 'Write the tag of a release behind the name, better its digest: name:tag@sha256:….',
      url: building,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.3',
    title: 'Images that ship are made of an allowed class',
    severity: 'LOW',
    rationale:
      'Each program that an image has and does not need is one more to patch, and one for whoever breaks in.',
    standards: { 'cis-docker-1.6.0': ['4.3'] },
    parameters: {
      classes: strings({
        default: [],
        allowed: 'distroless, chainguard, alpine, slim or full; none allows any',
        pattern: /^(?:distroless|chainguard|alpine|slim|full)$/,
      }),
    },
    evaluate({ base, from, isShipped }, { classes }) {
      if (classes.length === 0) return notApplicable('no classes are named');
      if (!isShipped) return notApplicable('it does not ship');
      if (base.kind !== 'image') return notApplicable('it begins with no image');
      const found = classOf(known(base.image));
      return departures(
        classes.includes(found) ? [] : [fault(from, classes, `its base is of the class ${found}`)],
      );
    },
    remediation: {
      advice:
        'Build in one stage, and copy what is needed into one that begins with an image of an allowed class.',
      url: building,
    },
  }),
];

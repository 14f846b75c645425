/** Photos that ship with the studio, for a first minute that is not empty. */
import { TAKING_IN, UPLOAD_ANSWERS } from './image-upload.ts';
import { routes } from './route.ts';

export const samplesRoutes = routes({
  uploadSamples: {
    method: 'post',
    path: '/images/samples',
    tag: 'images',
    summary: 'Take in photos to try the studio with',
    description:
      'They are images of yours like any other, with the tag "sample". Once more adds none twice. Each has its own ' +
      'fate in items; where every one failed, the problem of the first is the answer.',
    access: { scope: 'images:write' },
    answers: UPLOAD_ANSWERS,
    problems: TAKING_IN,
  },
});

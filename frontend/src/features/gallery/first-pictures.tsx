import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../lib/api/call.ts';
import { useImagesChanged } from '../../lib/data/images.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

/** Of a gallery without a picture: how the first ones come in. */
export function FirstPictures() {
  const changed = useImagesChanged();
  const samples = useMutation({
    mutationFn: () => call('post /images/samples'),
    onSuccess: async ({ items }) => {
      await changed([]);
      toast({ message: words.empty.samplesHere(items.length) });
    },
    onError: tellProblem,
  });
  return (
    <EmptyCase title={words.empty.title} text={words.empty.text}>
      <Button component={Link} to="/upload">
        {words.empty.upload}
      </Button>
      <Button variant="default" loading={samples.isPending} onClick={() => samples.mutate()}>
        {words.empty.samples}
      </Button>
    </EmptyCase>
  );
}

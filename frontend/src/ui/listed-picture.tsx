import { shownUrl } from '../lib/api/files.ts';
import { useListedImage, type Image } from '../lib/data/images.ts';
import { Picture } from './picture.tsx';

/** What is shown of an image, small. It says nothing that is not written beside it. */
export const Thumbnail = ({ image }: { image: Image }) => (
  <Picture
    src={shownUrl(image, 'thumb')}
    alt=""
    thumbhash={image.shown.thumbhash}
    width={image.shown.width}
    height={image.shown.height}
  />
);

/** Its place is there before it is. */
export function ListedPicture({ id, className }: { id: string; className: string | undefined }) {
  const { data: image } = useListedImage(id);
  return <span className={className}>{image && <Thumbnail image={image} />}</span>;
}

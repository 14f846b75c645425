import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { nameOf } from '../../lib/data/name-of.ts';
import { InDialog } from '../../ui/keys.tsx';
import { Turns } from '../../ui/stage/turns.tsx';
import { ZoomStage } from '../../ui/stage/zoom-stage.tsx';
import { sharedUrl, type SharedImage } from './queries.ts';
import { finestOf, pictureOf, stemOf } from './shared-picture.ts';
import classes from './visitor.module.css';
import { words } from './words.ts';

interface SharedLightboxProps {
  readonly token: string;
  readonly images: readonly SharedImage[];
  readonly at: number;
  readonly onTurn: (at: number) => void;
  readonly onClose: () => void;
}

/** One shared picture, filling the window. */
export default function SharedLightbox({ token, images, at, onTurn, onClose }: SharedLightboxProps) {
  const image = images[at];
  const previous = at > 0 ? () => onTurn(at - 1) : undefined;
  const next = at < images.length - 1 ? () => onTurn(at + 1) : undefined;
  const beside = images[at + 1];
  useEffect(() => {
    if (beside) new Image().src = sharedUrl(token, beside.id, finestOf(beside));
  }, [token, beside]);
  if (!image) return null;
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ transition: 'fade' }}>
      <Modal.Content aria-label={nameOf(image)} classNames={{ content: classes.lightbox ?? '' }}>
        <div className={classes.box}>
          <header className={classes.line}>
            <ActionIcon size={40} aria-label={words.visitor.close} onClick={onClose} data-autofocus>
              <IconX size={22} stroke={1.6} />
            </ActionIcon>
            <span className={classes.title}>{nameOf(image)}</span>
            <Download token={token} image={image} />
          </header>
          <div className={classes.stage}>
            <InDialog value>
              <ZoomStage picture={pictureOf(token, image)} onTurn={(by) => (by === 1 ? next?.() : previous?.())} />
              <Turns onPrevious={previous} onNext={next} />
            </InDialog>
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

function Download({ token, image }: { token: string; image: SharedImage }) {
  const { id, name, variants } = image;
  const fine = variants.filter((variant) => variant !== 'thumb');
  const offered = fine.length > 0 ? fine : variants;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button h={40} leftSection={<IconDownload size={18} stroke={1.6} />}>
          {words.visitor.download}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((variant) => (
          <Menu.Item
            key={variant}
            component="a"
            href={sharedUrl(token, id, variant)}
            download={variant === 'original' ? name : stemOf(nameOf(image))}
          >
            {words.visitor[variant]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

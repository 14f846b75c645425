import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { downloadUrl } from '../../lib/api/files.ts';
import { usePresets } from '../../lib/data/catalogue.ts';
import type { Image } from '../../lib/data/images.ts';
import { formatBytes } from '../../lib/format.ts';
import { BarButton } from './bar-button.tsx';
import { useVersions } from './queries.ts';
import { versionTitle } from './version-words.ts';
import { words } from './words.ts';

const SHOWN_ROWS_PX = 280;

/** The picture shown, the original, the mask, or any version, saved as files. */
export function DownloadMenu({ image }: { image: Image }) {
  const { id, format, bytes, current_version } = image;
  const pages = useVersions(id);
  const presets = new Map(usePresets().data?.items.map(({ name, title }) => [name, title]));
  const versions = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const current = versions.find((version) => version.id === current_version);
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <BarButton icon={IconDownload} label={words.download} />
      </Menu.Target>
      <Menu.Dropdown>
        {current && (
          <Menu.Item component="a" href={downloadUrl(id, 'version')} download>
            {words.shown(formatOf(current.mime), formatBytes(current.bytes))}
          </Menu.Item>
        )}
        <Menu.Item component="a" href={downloadUrl(id, 'original')} download>
          {words.originalFile(format.toUpperCase(), formatBytes(bytes))}
        </Menu.Item>
        {current && current.mask_blob !== '' && (
          <Menu.Item component="a" href={downloadUrl(id, 'mask')} download>
            {words.mask}
          </Menu.Item>
        )}
        {versions.length > 1 && (
          <div style={{ maxHeight: SHOWN_ROWS_PX, overflowY: 'auto' }}>
            <Menu.Label>{words.everyVersion}</Menu.Label>
            {versions.map((version) => (
              <Menu.Item key={version.id} component="a" href={downloadUrl(id, 'version', version.id)} download>
                {versionTitle(version, presets)}
              </Menu.Item>
            ))}
          </div>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** 'image/jpeg' → 'JPEG' */
const formatOf = (mime: string): string => mime.replace(/^image\//, '').toUpperCase();

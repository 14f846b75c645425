/** What somebody with a share link sees. */
import type { z } from 'zod';
import type { PageQuery } from '../../contract/common.ts';
import type { SharedImage } from '../../contract/shares.ts';
import { GatewayError } from '../../errors.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { downloadName } from '../../http/file-names.ts';
import { unsigned } from '../../http/purpose-keys.ts';
import { now } from '../../ids.ts';
import { originalOf, resultOf, type Picture } from '../../store/pictures.ts';
import type { AlbumRow, ImageRow, ShareRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

type Variant = SharedImage['variants'][number];

interface Shown {
  readonly share: ShareRow;
  readonly album: AlbumRow;
}

export interface SharedFile extends Picture {
  readonly thumb: boolean;
  /** The name to save it under. */
  readonly download?: string;
}

export class Visits {
  readonly #store: Store;
  readonly #key: Uint8Array;

  constructor(store: Store, key: Uint8Array) {
    this.#store = store;
    this.#key = key;
  }

  /** Throws share_invalid. */
  async pictures(token: string, { limit, cursor }: z.output<typeof PageQuery>) {
    const { share, album } = await this.#opened(token);
    const list = `shared.${share.id}`;
    const after = positionOf(list, cursor);
    const page = await this.#store.find('images', {
      where: { owner: share.owner, state: 'active', albums: { has: album.id } },
      order: ['uploaded_at', 'desc'],
      limit,
      after,
    });
    const shown = shownPage(list, page, (row) => shownImage(row, share));
    return { ...shown, name: album.name, expires_at: share.expires_at };
  }

  /** Throws share_invalid, not_found, and forbidden for an original that is not shared. */
  async file(token: string, id: string, variant: Variant): Promise<SharedFile> {
    const { share, album } = await this.#opened(token);
    const image = await this.#store.get('images', id);
    const isShared = image?.owner === share.owner && image.state === 'active' && image.albums.includes(album.id);
    if (!image || !isShared) throw absent('a picture');
    if (variant === 'original') return original(image, share);
    if (image.current_version === '') {
      if (variant === 'thumb') return { blob: image.thumb, mime: '', thumb: true };
      throw absent('a version');
    }
    return this.#version(image, variant);
  }

  async #version(image: ImageRow, variant: Variant): Promise<SharedFile> {
    const version = await this.#store.get('versions', image.current_version);
    if (version?.image !== image.id) throw absent('a version');
    if (variant === 'thumb') return { blob: version.thumb, mime: '', thumb: true };
    return { ...resultOf(version), thumb: false };
  }

  /** The same refusal for everything that is wrong, so that nobody learns which it was. */
  async #opened(token: string): Promise<Shown> {
    const id = unsigned(this.#key, token);
    const share = id === undefined ? undefined : await this.#store.get('shares', id);
    if (share?.state !== 'active' || share.expires_at <= now()) throw refused();
    const [album, owner] = await Promise.all([
      this.#store.get('albums', share.album),
      this.#store.get('users', share.owner),
    ]);
    if (album?.owner !== share.owner || owner?.state !== 'active') throw refused();
    return { share, album };
  }
}

function original(image: ImageRow, share: ShareRow): SharedFile {
  if (share.variant !== 'original') throw new GatewayError('forbidden', 'Expected a link that shares originals');
  const picture = originalOf(image);
  return { ...picture, thumb: false, download: downloadName(image.name, picture.mime) };
}

function shownImage({ id, name, title, shown, current_version }: ImageRow, share: ShareRow): SharedImage {
  const variants: Variant[] = ['thumb'];
  if (current_version !== '') variants.push('version');
  if (share.variant === 'original') variants.push('original');
  return { id, name, title, ...shown, variants };
}

const refused = (): GatewayError =>
  new GatewayError(
    'share_invalid',
    'Expected a share link that is complete and has not ended; ask whoever sent it for a new one',
  );

const absent = (what: string): GatewayError =>
  new GatewayError('not_found', `Expected ${what} in what is shared, found none`);

import { AlbumGrid } from '../../features/albums/album-grid.tsx';

export const Component = AlbumGrid;

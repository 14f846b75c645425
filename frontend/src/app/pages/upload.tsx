export { Upload as Component } from '../../features/upload/upload.tsx';

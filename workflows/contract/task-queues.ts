/** One queue by default, so that activities start eagerly; others are split off by configuration only. */
export const mainTaskQueue = 'daymark';

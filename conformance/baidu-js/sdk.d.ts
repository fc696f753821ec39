declare module '@baiducloud/sdk'

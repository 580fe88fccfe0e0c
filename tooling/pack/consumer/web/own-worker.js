import "efficientnet/wasm/worker";

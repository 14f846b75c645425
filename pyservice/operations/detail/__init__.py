"""Fine detail: noise, sharpness, blur, size."""

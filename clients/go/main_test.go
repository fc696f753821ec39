package snapstand

import (
	"os"
	"path/filepath"
)

// The tests are about the server of this checkout, unless another is named.
func init() {
	if os.Getenv("SNAPSTAND_CHECKOUT") == "" && os.Getenv("HELPER_DOES") == "" {
		os.Setenv("SNAPSTAND_CHECKOUT", must(filepath.Abs(filepath.Join("..", ".."))))
	}
}
